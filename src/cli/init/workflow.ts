/** Of GitHub Actions: tests, and what the product has and what a change replaces, in the summary of the run. Actions are pinned as those of our own workflows are. */
export const CHECK_WORKFLOW = `name: check
on:
  pull_request: {}
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0
        with:
          node-version: 22
      - run: npm ci
      - name: Dependencies are those that their authors signed
        run: npm audit signatures
      - run: npx tsc --noEmit
      - run: npx jest
      - run: npx cdk synth --quiet --output cdk.out
      - name: What is there before the change
        if: github.event_name == 'pull_request'
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: |
          git worktree add ../base "$BASE"
          cd ../base
          npm ci
          npx cdk synth --quiet --output "$RUNNER_TEMP/base.out"
      - name: Check
        run: |
          if [ -d "$RUNNER_TEMP/base.out" ]; then set -- --base "$RUNNER_TEMP/base.out"; else set --; fi
          npx landing-zone check --assembly cdk.out "$@" --format markdown | tee -a "$GITHUB_STEP_SUMMARY"
        shell: bash -eo pipefail {0}
      - name: What it is made of
        run: npm sbom --sbom-format cyclonedx > sbom.cdx.json
      - uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0
        with:
          name: sbom
          path: sbom.cdx.json
          if-no-files-found: error
`;
