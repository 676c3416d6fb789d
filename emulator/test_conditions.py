"""The Condition element against AWS's documentation: one row per documented behaviour.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import datetime
import unittest
from typing import Any

from authorization import conditions
from authorization.errors import PolicyError
from authorization.keys import Keys

ROLE = "arn:aws:iam::111111111111:role/acme"
TAGS = "aws:TagKeys"

# (what, Condition element, keys of the request, whether it holds)
CASES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("no condition always holds", {}, {}, True),
    ("StringEquals compares exactly", {"StringEquals": {"aws:username": "john"}}, {"aws:username": "john"}, True),
    ("StringEquals is case-sensitive", {"StringEquals": {"aws:username": "john"}}, {"aws:username": "John"}, False),
    ("key names are not case-sensitive", {"StringEquals": {"AWS:sourceip": "a"}}, {"aws:SourceIp": "a"}, True),
    ("keys with a tag are not case-sensitive", {"StringEquals": {"aws:RequestTag/Team": "a"}}, {"aws:requesttag/team": "a"}, True),
    ("StringEquals takes * literally", {"StringEquals": {"k:k": "a*"}}, {"k:k": "abc"}, False),
    ("one of several values is enough", {"StringEquals": {"k:k": ["a", "b"]}}, {"k:k": "b"}, True),
    ("a missing key matches nothing", {"StringEquals": {"k:k": "a"}}, {}, False),
    ("a key without a value is missing", {"StringEquals": {"k:k": "a"}}, {"k:k": None}, False),
    ("all keys of an operator must match", {"StringEquals": {"k:a": "1", "k:b": "2"}}, {"k:a": "1", "k:b": "3"}, False),
    ("all operators must match", {"StringEquals": {"k:a": "1"}, "Bool": {"k:b": "true"}}, {"k:a": "1", "k:b": "false"}, False),
    ("all operators match", {"StringEquals": {"k:a": "1"}, "Bool": {"k:b": "true"}}, {"k:a": "1", "k:b": True}, True),
    ("StringNotEquals: none of the values may match", {"StringNotEquals": {"k:k": ["a", "b"]}}, {"k:k": "b"}, False),
    ("StringNotEquals of another value", {"StringNotEquals": {"k:k": ["a", "b"]}}, {"k:k": "c"}, True),
    ("StringNotEquals of a missing key", {"StringNotEquals": {"k:k": "a"}}, {}, True),
    ("StringEqualsIgnoreCase", {"StringEqualsIgnoreCase": {"k:k": "JOHN"}}, {"k:k": "john"}, True),
    ("StringNotEqualsIgnoreCase", {"StringNotEqualsIgnoreCase": {"k:k": "JOHN"}}, {"k:k": "john"}, False),
    ("StringLike with *", {"StringLike": {"s3:prefix": "home/*"}}, {"s3:prefix": "home/a/b"}, True),
    ("StringLike with ?", {"StringLike": {"k:k": "a?c"}}, {"k:k": "abc"}, True),
    ("? is one character, not none", {"StringLike": {"k:k": "abc?"}}, {"k:k": "abc"}, False),
    ("StringLike is case-sensitive", {"StringLike": {"k:k": "A*"}}, {"k:k": "abc"}, False),
    ("StringLike matches the whole value", {"StringLike": {"k:k": "b*"}}, {"k:k": "abc"}, False),
    ("StringLike and an empty value", {"StringLike": {"s3:prefix": ["", "home/"]}}, {"s3:prefix": ""}, True),
    ("a dot is no wildcard", {"StringLike": {"k:k": "a.c"}}, {"k:k": "abc"}, False),
    ("StringNotLike", {"StringNotLike": {"k:k": "a*"}}, {"k:k": "abc"}, False),
    ("StringNotLike of a missing key", {"StringNotLike": {"k:k": "a*"}}, {}, True),
    ("NumericEquals", {"NumericEquals": {"k:k": "10"}}, {"k:k": "10.0"}, True),
    ("NumericNotEquals", {"NumericNotEquals": {"k:k": "10"}}, {"k:k": "10"}, False),
    ("NumericLessThan", {"NumericLessThan": {"k:k": "10"}}, {"k:k": "10"}, False),
    ("NumericLessThanEquals compares numbers, not text", {"NumericLessThanEquals": {"s3:max-keys": "10"}}, {"s3:max-keys": "9"}, True),
    ("NumericGreaterThan", {"NumericGreaterThan": {"k:k": 10}}, {"k:k": 11}, True),
    ("NumericGreaterThanEquals", {"NumericGreaterThanEquals": {"k:k": "10"}}, {"k:k": "9"}, False),
    ("a numeric operator and text", {"NumericEquals": {"k:k": "10"}}, {"k:k": "ten"}, False),
    ("DateEquals in another time zone", {"DateEquals": {"k:k": "2026-01-01T00:00:00Z"}}, {"k:k": "2026-01-01T01:00:00+01:00"}, True),
    ("DateNotEquals", {"DateNotEquals": {"k:k": "2026-01-01T00:00:00Z"}}, {"k:k": "2026-01-02T00:00:00Z"}, True),
    ("DateLessThan", {"DateLessThan": {"aws:CurrentTime": "2026-06-30T00:00:00Z"}}, {"aws:CurrentTime": "2026-07-01T00:00:00Z"}, False),
    ("DateLessThanEquals of a day", {"DateLessThanEquals": {"k:k": "2026-06-30"}}, {"k:k": "2026-06-30T00:00:00Z"}, True),
    ("DateGreaterThan of epoch time", {"DateGreaterThan": {"k:k": "1767225600"}}, {"k:k": "2026-01-01T00:00:01Z"}, True),
    ("DateGreaterThanEquals", {"DateGreaterThanEquals": {"k:k": "2026-01"}}, {"k:k": datetime.datetime(2026, 1, 1)}, True),
    ("Bool", {"Bool": {"aws:SecureTransport": "false"}}, {"aws:SecureTransport": False}, True),
    ("Bool ignores case", {"Bool": {"aws:SecureTransport": "True"}}, {"aws:SecureTransport": "true"}, True),
    ("Bool as a JSON Boolean", {"Bool": {"aws:SecureTransport": False}}, {"aws:SecureTransport": "true"}, False),
    ("Bool of a missing key", {"Bool": {"aws:MultiFactorAuthPresent": "false"}}, {}, False),
    ("BoolIfExists of a missing key", {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, {}, True),
    ("BinaryEquals", {"BinaryEquals": {"k:k": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}, {"k:k": b"BinaryValueInBase64"}, True),
    ("BinaryEquals of other bytes", {"BinaryEquals": {"k:k": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}, {"k:k": b"Other"}, False),
    ("IpAddress in a range", {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, {"aws:SourceIp": "203.0.113.9"}, True),
    ("IpAddress outside", {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, {"aws:SourceIp": "203.0.114.9"}, False),
    ("IpAddress without a prefix is /32", {"IpAddress": {"aws:SourceIp": "203.0.113.9"}}, {"aws:SourceIp": "203.0.113.8"}, False),
    ("IpAddress of version 6", {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8::/32"]}}, {"aws:SourceIp": "2001:db8::1"}, True),
    ("NotIpAddress", {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, {"aws:SourceIp": "203.0.113.9"}, False),
    (
        "ArnEquals supports wildcards, like ArnLike", {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/ac*"}},
        {"aws:PrincipalArn": ROLE}, True,
    ),
    ("ArnLike is case-sensitive", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Ac*"}}, {"aws:PrincipalArn": ROLE}, False),
    (
        "ArnLike: a wildcard does not reach over a colon", {"ArnLike": {"k:k": "arn:aws:s:*:111122223333:finance/*"}},
        {"k:k": "arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"}, False,
    ),
    (
        "StringLike: a wildcard reaches over a colon", {"StringLike": {"k:k": "arn:aws:s:*:111122223333:finance/*"}},
        {"k:k": "arn:aws:s:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"}, True,
    ),
    (
        "ArnLike: in the last part it does", {"ArnLike": {"k:k": "arn:aws:logs:*:*:log-group:*"}},
        {"k:k": "arn:aws:logs:r:1:log-group:a:b"}, True,
    ),
    ("ArnNotLike", {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a*"}}, {"aws:PrincipalArn": ROLE}, False),
    ("ArnNotEquals of a missing key", {"ArnNotEquals": {"aws:PrincipalArn": ROLE}}, {}, True),
    ("IfExists of a missing key", {"StringLikeIfExists": {"ec2:InstanceType": "t2.*"}}, {}, True),
    ("IfExists of another value", {"StringLikeIfExists": {"ec2:InstanceType": "t2.*"}}, {"ec2:InstanceType": "m3.large"}, False),
    ("StringNotEqualsIfExists of a missing key", {"StringNotEqualsIfExists": {"k:k": "a"}}, {}, True),
    ("Null true: the key is missing", {"Null": {"aws:TokenIssueTime": "true"}}, {}, True),
    ("Null true: the key is there", {"Null": {"aws:TokenIssueTime": "true"}}, {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}, False),
    ("Null false: the key is there", {"Null": {"k:k": "false"}}, {"k:k": "a"}, True),
    ("Null false: the key is missing", {"Null": {"k:k": False}}, {}, False),
    ("Null false: nothing but empty values", {"Null": {TAGS: "false"}}, {TAGS: [""]}, False),
    ("ForAllValues: every value matches one", {"ForAllValues:StringEquals": {TAGS: ["a", "b"]}}, {TAGS: ["b"]}, True),
    ("ForAllValues: a value matches none", {"ForAllValues:StringEquals": {TAGS: ["a", "b"]}}, {TAGS: ["b", "c"]}, False),
    ("ForAllValues of a missing key", {"ForAllValues:StringEquals": {TAGS: "a"}}, {}, True),
    ("ForAllValues of an empty set", {"ForAllValues:StringEquals": {TAGS: "a"}}, {TAGS: []}, True),
    ("ForAllValues of a null data set", {"ForAllValues:StringEquals": {TAGS: "a"}}, {TAGS: [""]}, True),
    ("ForAllValues with a pattern", {"ForAllValues:StringLike": {TAGS: "key1*"}}, {TAGS: ["key1:hr", "key2"]}, False),
    ("ForAllValues of a negated operator", {"ForAllValues:StringNotLike": {TAGS: "key1*"}}, {TAGS: ["key2", "key1:hr"]}, False),
    ("ForAnyValue: one value matches", {"ForAnyValue:StringEquals": {TAGS: ["a", "b"]}}, {TAGS: ["b", "c"]}, True),
    ("ForAnyValue: no value matches", {"ForAnyValue:StringEquals": {TAGS: ["a", "b"]}}, {TAGS: ["c"]}, False),
    ("ForAnyValue of a missing key", {"ForAnyValue:StringEquals": {TAGS: "a"}}, {}, False),
    ("ForAnyValue of an empty set", {"ForAnyValue:StringEquals": {TAGS: "a"}}, {TAGS: []}, False),
    ("ForAnyValue of a negated operator and a missing key", {"ForAnyValue:StringNotEquals": {TAGS: "a"}}, {}, False),
    ("ForAnyValue of a negated operator and a null data set", {"ForAnyValue:StringNotEquals": {TAGS: "a"}}, {TAGS: [""]}, False),
    ("ForAnyValue of a negated operator", {"ForAnyValue:StringNotEquals": {TAGS: "a"}}, {TAGS: ["a", "b"]}, True),
    ("a variable", {"StringEquals": {"k:k": "${aws:PrincipalTag/Team}"}}, {"k:k": "red", "aws:PrincipalTag/team": "red"}, True),
    (
        "a variable in the middle", {"StringLike": {"s3:prefix": "home/${aws:username}/*"}},
        {"s3:prefix": "home/ann/x", "aws:username": "ann"}, True,
    ),
    ("a variable without a value matches nothing", {"StringLike": {"k:k": "${aws:username}*"}}, {"k:k": "x"}, False),
    ("a variable without a value, negated", {"StringNotEquals": {"k:k": "${aws:username}"}}, {"k:k": "x"}, True),
    ("a variable with a default", {"StringEquals": {"k:k": "${aws:PrincipalTag/team, 'all'}"}}, {"k:k": "all"}, True),
    (
        "a default that is not needed", {"StringEquals": {"k:k": "${aws:PrincipalTag/team, 'all'}"}},
        {"k:k": "all", "aws:PrincipalTag/team": "x"}, False,
    ),
    (
        "wildcards in a variable's value are literal", {"StringLike": {"k:k": "${aws:username}"}},
        {"k:k": "abc", "aws:username": "a*"}, False,
    ),
    ("${*} is an asterisk", {"StringLike": {"k:k": "a${*}*"}}, {"k:k": "a*bc"}, True),
    ("${*} is no wildcard", {"StringLike": {"k:k": "a${*}"}}, {"k:k": "abc"}, False),
    ("${?} is a question mark", {"StringEquals": {"k:k": "a${?}"}}, {"k:k": "a?"}, True),
    ("${$} is a dollar", {"StringEquals": {"k:k": "${$}{a}"}}, {"k:k": "${a}"}, True),
    ("a numeric operator does not support variables", {"NumericEquals": {"k:k": "${k:n}"}}, {"k:k": "1", "k:n": "1"}, False),
]

# (what, Condition element, keys of the request): AWS rejects these documents, or does not document their effect.
ERRORS: list[tuple[str, Any, dict[str, Any]]] = [
    ("unknown operator", {"StringMatches": {"k:k": "a"}}, {}),
    ("unknown set operator", {"ForEachValue:StringEquals": {"k:k": "a"}}, {}),
    ("Null has no IfExists", {"NullIfExists": {"k:k": "true"}}, {}),
    ("not an object", ["StringEquals"], {}),
    ("operator without keys", {"StringEquals": "a"}, {}),
    ("value that is an object", {"StringEquals": {"k:k": {"a": "b"}}}, {}),
    ("invalid address", {"IpAddress": {"aws:SourceIp": "203.0.113.0/99"}}, {"aws:SourceIp": "203.0.113.1"}),
    ("several values without a set operator", {"StringEquals": {TAGS: "a"}}, {TAGS: ["a", "b"]}),
]


class ConditionTests(unittest.TestCase):
    def test_documented_behaviour(self) -> None:
        for what, document, keys, expected in CASES:
            with self.subTest(what):
                tests = conditions.parse(document, variables=True)
                self.assertIs(all(test.holds(Keys(keys)) for test in tests), expected)

    def test_no_row_twice(self) -> None:
        self.assertEqual(len({what for what, *_ in CASES}), len(CASES))

    def test_errors_are_not_treated_as_false(self) -> None:
        for what, document, keys in ERRORS:
            with self.subTest(what), self.assertRaises(PolicyError):
                for test in conditions.parse(document, variables=True):
                    test.holds(Keys(keys))

    def test_variables_need_the_policy_version_that_supports_them(self) -> None:
        (test,) = conditions.parse({"StringEquals": {"k:k": "${aws:username}"}}, variables=False)
        self.assertFalse(test.holds(Keys({"k:k": "ann", "aws:username": "ann"})))
        self.assertTrue(test.holds(Keys({"k:k": "${aws:username}"})))


if __name__ == "__main__":
    unittest.main()
