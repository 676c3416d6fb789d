"""AWS WAF: values that the Terraform provider sends back unchanged."""

from __future__ import annotations

import unittest

from testing import client, covers


class IpSetTests(unittest.TestCase):
    @covers("wafv2", "CreateIPSet", "UpdateIPSet")
    def test_lock_tokens_are_accepted_again(self) -> None:
        wafv2 = client("wafv2")
        ip_set = {"Name": "office", "Scope": "REGIONAL", "Id": ""}
        made = wafv2.create_ip_set(Name="office", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=["192.0.2.0/24"])["Summary"]
        ip_set["Id"] = made["Id"]
        changed = wafv2.update_ip_set(**ip_set, Addresses=["198.51.100.0/24"], LockToken=made["LockToken"])["NextLockToken"]
        wafv2.delete_ip_set(**ip_set, LockToken=changed)


if __name__ == "__main__":
    unittest.main()
