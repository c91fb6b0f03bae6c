select * from {{ this }} -- there already; this names it
