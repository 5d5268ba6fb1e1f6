"""Tests of the emulator's own code; the deployments with the CDK command are in the TypeScript tests beside the package."""

from aws_emulator import organization_rules, stacks

organization_rules.install()
stacks.install()
