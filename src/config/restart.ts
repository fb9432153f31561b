import { isDeepStrictEqual } from 'node:util'
import type { Configuration } from './configuration.ts'
import type { Limits } from './limits.ts'

/** Settings that take effect only at a start. */
const settings = [
  'data',
  'cursorSecret',
  'redis',
  'cors',
  'allowedHosts',
  'basePath',
  'graphiql',
  'federation',
  'metrics',
  'reusePort',
  'trustProxy',
] as const satisfies (keyof Configuration)[]

/** Limits of connections and memory, which take effect only at a start. */
const limits = [
  'bufferBytes',
  'callerStoreBytes',
  'connections',
  'socketHeadersTimeout',
  'socketKeepAlive',
  'socketProgressBytes',
  'socketProgressTime',
] as const satisfies (keyof Limits)[]

/** Returns the names of the settings that differ and require a restart. */
export function listRestartSettings(one: Configuration, other: Configuration): string[] {
  return [
    ...settings.filter((name) => !isDeepStrictEqual(one[name], other[name])),
    ...limits.filter((name) => one.limits[name] !== other.limits[name]).map((name) => `limits.${name}`),
  ]
}

/** Returns `next` with the settings of `current` that require a restart. This configuration is in use after a reload. */
export function keepRestartSettings(current: Configuration, next: Configuration): Configuration {
  const kept = Object.fromEntries(settings.map((name) => [name, current[name]]))
  const keptLimits = Object.fromEntries(limits.map((name) => [name, current.limits[name]]))
  return { ...next, ...kept, limits: { ...next.limits, ...keptLimits } }
}
