import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { readSamples } from './scrape.ts'

/** Scrapes of Prometheus, one every 15 s. */
export interface Phase {
  /** Response of `/metrics`. */
  text: string
  scrapes: number
}

const intervalSeconds = 15

/**
 * Whether promtool is installed.
 *
 * @throws Error if it is missing and every test must run.
 */
export function hasPromtool(): boolean {
  if (spawnSync('promtool', ['--version']).status === 0) return true
  const mustRun = Boolean(process.env['CI']) || process.env['npm_lifecycle_event'] === 'test:full'
  if (mustRun) throw new Error('promtool is not installed. Install it (apt-get install prometheus) and run this again.')
  console.warn('promtool is not installed, so the alerts are not tested. Install it: apt-get install prometheus.')
  return false
}

/**
 * Runs promtool.
 *
 * @throws Error with its output if it reports an error.
 */
export function runPromtool(args: readonly string[], input = ''): void {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`promtool ${args.join(' ')} exited with ${status}:\n${stdout}${stderr}`)
}

/** Checks which alerts of deploy/alerts.yaml fire, at times in seconds since the first scrape. */
export function assertAlerts(
  phases: readonly Phase[],
  expected: readonly { at: number; alerts: readonly string[] }[],
): void {
  const samples = phases.map(({ text }) => readSamples(text))
  const names = new Set(samples.flatMap((phase) => [...phase.keys()]))
  const test = {
    interval: `${intervalSeconds}s`,
    input_series: [...names].map((series) => ({
      series,
      values: phases
        .flatMap(({ scrapes }, index) => Array<number | '_'>(scrapes).fill(samples[index]!.get(series) ?? '_'))
        .join(' '),
    })),
    promql_expr_test: expected.map(({ at, alerts }) => ({
      expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: `${at}s`,
      exp_samples: alerts.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
    })),
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-alerts-'))
  const file = join(folder, 'test.yaml')
  const rules = { rule_files: [resolve('deploy/alerts.yaml')], evaluation_interval: `${intervalSeconds}s` }
  try {
    writeFileSync(file, stringify({ ...rules, tests: [test] }))
    runPromtool(['test', 'rules', file])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
