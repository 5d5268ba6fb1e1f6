"""Starts the emulator: ``python3 -m aws_emulator -H 127.0.0.1 -p PORT``."""

import sys

from . import backup, custom_resources, faults, guardduty_types, http_api, macie, moto_gaps, organization_rules, security_lake, service_quotas, stack_sets, stacks

organization_rules.install()
stacks.install()
http_api.install()
stack_sets.install()
moto_gaps.install()
guardduty_types.install()
macie.install()
security_lake.install()
backup.install()
service_quotas.install()
faults.install()

from moto.server import main  # noqa: E402  (after the patches, so that the server is built from them)

if __name__ == "__main__":
    arguments = sys.argv[1:]
    custom_resources.PORT = int(arguments[arguments.index("-p") + 1])
    main(arguments)
