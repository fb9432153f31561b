import { inspect } from 'node:util'

/** Keeps an object that holds secrets out of logs: as JSON and under inspection it is `[redacted]`. */
export function hideFromLogs<T extends object>(holder: T): T {
  const value = () => '[redacted]'
  return Object.defineProperties(holder, { toJSON: { value }, [inspect.custom]: { value } })
}
