"""Pure decisions about persons: values in, a value or a fault out."""

from huijia.core.people.rules.consistency import consistency as consistency
from huijia.core.people.rules.dates import age_on as age_on
from huijia.core.people.rules.dates import may_join_by_age as may_join_by_age
from huijia.core.people.rules.dates import read_date as read_date
from huijia.core.people.rules.faults import SENTENCES as SENTENCES
from huijia.core.people.rules.faults import Fault as Fault
from huijia.core.people.rules.faults import sentence as sentence
from huijia.core.people.rules.masks import mask_identity_number as mask_identity_number
from huijia.core.people.rules.masks import mask_name as mask_name
from huijia.core.people.rules.masks import mask_phone as mask_phone
from huijia.core.people.rules.names import PersonName as PersonName
from huijia.core.people.rules.names import name_grams as name_grams
from huijia.core.people.rules.names import read_name as read_name
from huijia.core.people.rules.numbers import IdentityNumber as IdentityNumber
from huijia.core.people.rules.numbers import check_character as check_character
from huijia.core.people.rules.numbers import read_identity_number as read_identity_number
from huijia.core.people.rules.phones import Phone as Phone
from huijia.core.people.rules.phones import read_phone as read_phone
