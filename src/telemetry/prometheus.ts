// The main module of prom-client also loads clusters of processes, summaries, a push client, and OpenTelemetry, which takes
// 30 ms and 5 MB at every start.
import Counter from 'prom-client/lib/counter.js'
import Gauge from 'prom-client/lib/gauge.js'
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js'
import gc from 'prom-client/lib/metrics/gc.js'
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js'
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js'
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js'
import processHandles from 'prom-client/lib/metrics/processHandles.js'
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js'
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js'
import processRequests from 'prom-client/lib/metrics/processRequests.js'
import processResources from 'prom-client/lib/metrics/processResources.js'
import processStartTime from 'prom-client/lib/metrics/processStartTime.js'
import Registry from 'prom-client/lib/registry.js'

export { Counter, Gauge, Registry }

/** Register metrics of the process and of Node, without the version of Node, which would help an attacker. */
const processMetrics = [
  processStartTime,
  osMemoryHeap,
  processOpenFileDescriptors,
  processMaxFileDescriptors,
  eventLoopLag,
  processResources,
  processHandles,
  processRequests,
  heapSizeAndUsed,
  heapSpacesSizeAndUsed,
  gc,
]

/** Gauges that have names of counters, which `promtool check metrics` rejects. nodejs_active_resources has the numbers. */
const unwantedMetrics = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

/** Registers metrics of the process and of Node: memory, event loop, open files, and processor time. */
export function registerProcessMetrics(registry: Registry): void {
  registerProcessorTime(registry, 'process_cpu_user_seconds_total', 'user', ({ user }) => user)
  registerProcessorTime(registry, 'process_cpu_system_seconds_total', 'system', ({ system }) => system)
  registerProcessorTime(registry, 'process_cpu_seconds_total', 'user and system', ({ user, system }) => user + system)
  for (const register of processMetrics) register(registry, { eventLoopMonitoringPrecision: 10 })
  for (const name of unwantedMetrics) registry.removeSingleMetric(name)
}

/** Registers a counter as prom-client does, whose own module loads OpenTelemetry. */
function registerProcessorTime(
  registry: Registry,
  name: string,
  kind: string,
  getMicroseconds: (usage: NodeJS.CpuUsage) => number,
): void {
  const collect = function (this: Counter): void {
    this.reset()
    this.inc(getMicroseconds(process.cpuUsage()) / 1e6)
  }
  const help = `Total ${kind} CPU time spent in seconds.`
  registry.registerMetric(new Counter({ name, help, registers: [], collect }))
}
