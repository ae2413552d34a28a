"""Policy: values that change by date, and the working calendar that deadlines count on.

*Calendar day*: a day that is a holiday or a working day against its weekday, with the notice it
comes from. *Provisional*: counted in a year whose notice is not out yet. *Policy version*: what
holds under a key between two dates, with the article it rests on.
Sources: 国务院办公厅 yearly notices; 全国年节及纪念日放假办法 (2024); Civil Code, articles 200-204.
"""
