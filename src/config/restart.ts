import { isDeepStrictEqual } from 'node:util'
import type { Configuration } from './configuration.ts'
import type { Limits } from './limits.ts'

/** Settings that take effect at a start only. */
const settings = [
  'data',
  'cursorSecret',
  'redis',
  'cors',
  'allowedHosts',
  'basePath',
  'graphiql',
  'metrics',
  'reusePort',
  'trustProxy',
] as const satisfies (keyof Configuration)[]

/** Limits of connections and of memory, which are set up once. */
const limits = [
  'bufferBytes',
  'callerStoreBytes',
  'connections',
  'socketHeadersTimeout',
  'socketKeepAlive',
  'socketProgressBytes',
  'socketProgressTime',
] as const satisfies (keyof Limits)[]

/** Returns the names of the settings that differ and that only a restart applies. */
export function listRestartSettings(one: Configuration, other: Configuration): string[] {
  return [
    ...settings.filter((name) => !isDeepStrictEqual(one[name], other[name])),
    ...limits.filter((name) => one.limits[name] !== other.limits[name]).map((name) => `limits.${name}`),
  ]
}

/** Returns the configuration that is in use after a reload: `next`, with the settings of `current` that only a restart changes. */
export function keepRestartSettings(current: Configuration, next: Configuration): Configuration {
  const kept = Object.fromEntries(settings.map((name) => [name, current[name]]))
  const keptLimits = Object.fromEntries(limits.map((name) => [name, current.limits[name]]))
  return { ...next, ...kept, limits: { ...next.limits, ...keptLimits } }
}
