"""The database refuses to change, remove or overwrite a line of the audit log.

SQLite drops the triggers of a table that a later migration makes anew: such a one ends with these.
"""

from django.db import migrations

REFUSALS = {
    "people_entry_no_update": "BEFORE UPDATE ON people_entry",
    "people_entry_no_delete": "BEFORE DELETE ON people_entry",
    "people_entry_no_replace": (
        "BEFORE INSERT ON people_entry WHEN EXISTS (SELECT 1 FROM people_entry WHERE id = NEW.id)"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("people", "0002_ways_in_and_tokens")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {name} {when} "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
            f"DROP TRIGGER {name}",
        )
        for name, when in REFUSALS.items()
    ]
