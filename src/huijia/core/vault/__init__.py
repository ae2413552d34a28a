"""Sealed values: authenticated encryption, blind indexes, and the key ring they rest on.

Words: *seal* and *open* a value; *blind index* finds an exact value without opening anything;
*suite* is a pair of algorithms (international or 国密); *context* ties a sealed value to its place.
Sources: NIST SP 800-38D (GCM), GM/T 0002 (SM4), GM/T 0004 (SM3), RFC 2104 (HMAC).
"""
