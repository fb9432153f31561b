import { inspect } from 'node:util'

/** Makes `JSON.stringify` and `util.inspect` print `[redacted]` for an object with secrets. Returns the same object. */
export function hideFromLogs<T extends object>(holder: T): T {
  const redact = () => '[redacted]'
  return Object.defineProperties(holder, { toJSON: { value: redact }, [inspect.custom]: { value: redact } })
}
