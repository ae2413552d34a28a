"""Row-level security on sealed identities; histories only grow."""

from django.db import migrations

from huijia.core.kernel.migrations import append_only

REACH = """
CREATE FUNCTION huijia_reach() RETURNS integer[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(current_setting('huijia.reach', true), ''), '{}')::integer[]
$$;
COMMENT ON FUNCTION huijia_reach() IS
    'Union nodes on which the current transaction acts; none set, none visible.';
"""
# The sub-select makes the reach one value of the plan, not one call a row.
POLICIES = """
ALTER TABLE people_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_identity FORCE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON people_identity
    USING (scope && (SELECT huijia_reach()))
    WITH CHECK (scope && (SELECT huijia_reach()));
CREATE POLICY owner_sees_all ON people_identity TO CURRENT_USER USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunSQL(REACH, "DROP FUNCTION huijia_reach()"),
        migrations.RunSQL(
            POLICIES,
            "DROP POLICY within_reach ON people_identity;"
            "DROP POLICY owner_sees_all ON people_identity;"
            "ALTER TABLE people_identity NO FORCE ROW LEVEL SECURITY;"
            "ALTER TABLE people_identity DISABLE ROW LEVEL SECURITY;",
        ),
        append_only("people_personhistory"),
    ]
