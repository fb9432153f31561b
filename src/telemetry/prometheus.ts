import { createRequire } from 'node:module'
import type * as prometheus from 'prom-client'

const load = createRequire(import.meta.url)

// The main module of prom-client also loads clusters of processes, summaries, a push client, and OpenTelemetry, which takes
// 30 ms and 5 MB at every start.
export const Counter: typeof prometheus.Counter = load('prom-client/lib/counter.js')
export const Gauge: typeof prometheus.Gauge = load('prom-client/lib/gauge.js')
export type Gauge<T extends string = string> = prometheus.Gauge<T>
export const Registry: typeof prometheus.Registry = load('prom-client/lib/registry.js')
export type Registry = prometheus.Registry

/** Modules of prom-client with metrics of the process and of Node, without the version of Node, which would help an attacker. */
const processMetrics = [
  'processStartTime',
  'osMemoryHeap',
  'processOpenFileDescriptors',
  'processMaxFileDescriptors',
  'eventLoopLag',
  'processResources',
  'processHandles',
  'processRequests',
  'heapSizeAndUsed',
  'heapSpacesSizeAndUsed',
  'gc',
]

/** Gauges that have names of counters, which `promtool check metrics` rejects. nodejs_active_resources has the numbers. */
const unwantedMetrics = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/** Registers metrics of the process and of Node: memory, event loop, open files, and processor time. */
export function registerProcessMetrics(registry: Registry): void {
  registerProcessorTime(registry, 'process_cpu_user_seconds_total', 'user', ({ user }) => user)
  registerProcessorTime(registry, 'process_cpu_system_seconds_total', 'system', ({ system }) => system)
  registerProcessorTime(registry, 'process_cpu_seconds_total', 'user and system', ({ user, system }) => user + system)
  for (const name of processMetrics)
    load(`prom-client/lib/metrics/${name}.js`)(registry, { eventLoopMonitoringPrecision: 10 })
  for (const name of unwantedMetrics) registry.removeSingleMetric(name)
}

/** Registers a counter as prom-client does, whose own module loads OpenTelemetry. */
function registerProcessorTime(
  registry: Registry,
  name: string,
  kind: string,
  getMicroseconds: (usage: NodeJS.CpuUsage) => number,
): void {
  const collect = function (this: prometheus.Counter): void {
    this.reset()
    this.inc(getMicroseconds(process.cpuUsage()) / 1e6)
  }
  const help = `Total ${kind} CPU time spent in seconds.`
  registry.registerMetric(new Counter({ name, help, registers: [], collect }))
}
