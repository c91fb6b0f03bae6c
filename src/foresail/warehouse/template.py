"""What a new project's `foresail.toml` says."""

TEMPLATE = """\
# The settings of this Foresail project. Every one has a default that works; remove the # to
# change it.

name = "{name}"

# The time zone in which days begin and end (an IANA name).
# zone = "Europe/Berlin"

# All money is answered in this currency; other currencies are converted at the rate of the day.
# currency = "EUR"

# Public holidays of this country (ISO code, with a region if it has its own: "DE-BY") are no
# working days.
# country = "DE"

# The first day of a week, and the first month of a fiscal year.
# week_start = "monday"
# fiscal_year_start = 1

# Data that ended in the past: every question is answered as of the end of this day.
# as_of = 2017-12-31

# KPIs that are not shown: their names, or whole themes.
# hidden = ["talk_time", "Meeting"]

# [working_hours]            # a weekday that is missing here has none
# monday = "09:00-17:00"
# tuesday = "09:00-17:00"
# wednesday = "09:00-17:00"
# thursday = "09:00-17:00"
# friday = "09:00-17:00"

# [thresholds]
# sla = "1h"                       # a lead is to be answered within
# conversation_seconds = 120       # a connected call this long is a conversation
# given_up_working_days = 10       # a lead without a touch this long is given up
# untouched_days = 14              # a deal without a touch this long is untouched
# cohort_days = 90                 # how long a cohort is followed
# scanner_seconds = 5              # a click so soon after its mail is a scanner's
# callback_days = 14               # a callback within this time counts for the asset
# key_account_percentile = 90      # accounts from this percentile of revenue on are key accounts
# key_account_touch_days = 30      # a key account without a touch this long is not covered
# survey_days = 30                 # of a person's answers within this time the first one counts
# minimum_n = 5                    # fewer cases are shown as a small sample
# not_a_loss = ["duplicate", "test"]   # lost reasons that count neither as won nor as lost
# decided_from_accepted_stage = false  # win rates: only deals that reached an accepted stage
# decided_without_renewals = false     # win rates: leave renewals out
# cycle_without_same_day = false       # sales cycle: leave out deals closed the day they opened
# cost_per_lead_without_organic = false  # cost per lead: leave leads out that came by themselves
# success_events = []              # events of usage that mean success; [] stands for any
# success_times = 1                # how often in the period, all of them together
# response_kinds = ["call", "email", "meeting", "social"]   # what answers a lead
# skipped_stages = "passed"        # funnels: a jump passes what lies between; or "left_out"

# Where the system that the records come from shows them: an address with {id} in place of the id.
# [links]
# opportunity = "https://crm.example/opportunity/{id}"   # so for lead, account, contact, activity

# KPIs of your own, made of those that exist (foresail kpis lists them) with + - * / and brackets.
# A part of one is named with a dot: win_rate.denominator counts the deals decided. `where` keeps
# the records of some slices; `benchmark` is what others publish.
# Units: count, share (0 to 1, shown as %), money, duration, ratio, per day, per 1,000, money/day.
# Directions: higher, lower, on target.
# [[kpi]]
# id = "wins_per_1000_calls"
# meaning = "Deals won by outbound work for every 1,000 outbound calls."
# formula = "deals_won / outbound_calls * 1000"
# where = { channel = "outbound" }
# unit = "per 1,000"
# direction = "higher"
# benchmark = { low = 5, high = 8, source = "Own year 2025" }

# Benchmarks of the catalogue's KPIs in place of the published ones; false takes one away.
# [benchmarks]
# win_rate = { low = 0.2, high = 0.3, source = "Own year 2025" }
# connect_rate = false

# [privacy]
# works_council = false            # true: no figures of single people, and no ranking
# group_size = 5                   # then the fewest reps of whom a number is told
# share_links = false              # true: pages can be shared with people who have no account

# [web]                            # see docs/people.md
# hosts = ["sales.example.org"]    # names under which others reach the pages (serve --host 0.0.0.0)
# https = false                    # true: behind a proxy that speaks https
# proxies = 0                      # how many proxies in front say where a visitor comes from
# session_days = 14                # days after which people sign in again



# [loading]
# seconds = 600                    # the expressions of one table of a mapping may take
# megabytes = 200                  # the largest file that can be uploaded in the browser

# [warehouse]
# url = "duckdb:///warehouse.duckdb"   # relative to this folder
# memory_limit = "4GB"                 # else half of the machine's, 8 GiB at most; beyond it, disk
# threads = 2
# engine = "duckdb"                    # what answers from an export: duckdb, spark, spark://HOST:PORT

# [warehouse.spark]                    # settings of Spark, under its names
# "spark.executor.memory" = "8g"
"""
