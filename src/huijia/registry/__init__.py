"""The registry: memberships, groups, officers, the facts of a union, and the real-name import.

One person has at most one membership in force (章程; 会籍办法 §3: one entry, dynamic transfer).
Sources: 工会法 2021, 工会会员会籍管理办法 2016, the real-name register's fields (domain §2.6).
"""
