"""An AWS that runs on this machine: moto, with a CloudFormation that refuses what AWS refuses and records what it deploys."""
