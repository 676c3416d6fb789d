"""Route 53: a record that was deleted can be created again."""

from __future__ import annotations

from typing import Any

from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend

from .registry import patch, replace

patch("route53", "ChangeResourceRecordSets",
    "moto treats a record as existing if it was ever created and a later name exists: a runtime cannot be recreated")


def _judged_by_records(original: Any) -> Any:
    def change_resource_record_sets(self: Any, zoneid: str, change_list: list[dict[str, Any]]) -> Any:
        zone = self.get_hosted_zone(zoneid)
        for change in change_list:
            if change["Action"] != "CREATE":
                continue
            asked = change["ResourceRecordSet"]
            name = asked["Name"].strip(".") + "."
            key = (name, asked["Type"], asked.get("SetIdentifier"))
            if any((r.name, r.type, r.set_identifier) == key for r in zone.rrsets):
                raise ResourceRecordAlreadyExists(name=name, _type=asked["Type"])
            # moto keeps all earlier changes and rejects a repeated one; without the earlier entry it does not.
            while change in zone.rr_changes:
                zone.rr_changes.remove(change)
        return original(self, zoneid, change_list)

    return change_resource_record_sets


replace(Route53Backend, "change_resource_record_sets", _judged_by_records)
