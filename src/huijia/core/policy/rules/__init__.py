"""Pure decisions about time: the calendar, office hours and deadlines are values."""

from huijia.core.policy.rules.deadlines import Deadline as Deadline
from huijia.core.policy.rules.deadlines import TimeLimit as TimeLimit
from huijia.core.policy.rules.deadlines import deadline_for as deadline_for
from huijia.core.policy.rules.office_hours import OfficeHours as OfficeHours
from huijia.core.policy.rules.working_calendar import WorkingCalendar as WorkingCalendar
from huijia.core.policy.rules.working_calendar import statutory_holidays as statutory_holidays
