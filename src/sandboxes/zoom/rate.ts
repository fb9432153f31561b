import { ZoomError } from './errors.ts'
import type { Label, Quota } from './rate-plans.ts'
import type { Switches } from './switches.ts'
import { day, formatTime, minute, second } from './time.ts'

export interface RateBook {
  /** Counts one call of the account. @throws ZoomError 429 if the limit is exceeded. */
  call(label: Label): void
  /** Counts an action that is allowed `limit` times per object and UTC day. @throws ZoomError 429 if the limit is exceeded. */
  daily(object: string, limit: number, what: string): void
}

export function createRateBook(now: () => number, switches: Switches): RateBook {
  const counts = new Map<string, { window: number; count: number }>()

  function count(key: string, length: number): number {
    const window = Math.floor(now() / length)
    const entry = counts.get(key)
    if (entry?.window === window) return ++entry.count
    counts.set(key, { window, count: 1 })
    return 1
  }

  function tooMany(message: string, headers: Record<string, string>): ZoomError {
    return new ZoomError(429, 429, message, { headers: switches.bareLimits ? {} : headers })
  }

  return {
    call(label) {
      const quota: Quota | undefined = switches.limits?.[label]
      if (!quota) return
      // Heavy and Resource-intensive calls share one daily limit.
      const daily = label === 'Light' || label === 'Medium' ? label : 'Heavy'
      if (quota.perDay !== undefined && count(`day:${daily}`, day) > quota.perDay)
        throw tooMany(
          'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
          {
            'X-RateLimit-Type': 'Daily-limit',
            'X-RateLimit-Limit': String(quota.perDay),
            'X-RateLimit-Remaining': '0',
            'Retry-After': formatTime((Math.floor(now() / day) + 1) * day),
          },
        )
      const short = quota.perSecond ?? quota.perMinute
      const length = quota.perSecond === undefined ? minute : second
      if (short !== undefined && count(`short:${label}`, length) > short)
        throw tooMany('You have reached the maximum per-second rate limit for this API. Try again later.', {
          'X-RateLimit-Type': 'QPS',
          'X-RateLimit-Limit': String(short),
          'X-RateLimit-Remaining': '0',
        })
    },
    daily(object, limit, what) {
      if (count(object, day) <= limit) return
      throw tooMany(
        `You have exceeded the daily rate limit (${limit}) of ${what}. You may resume these requests at GMT 00:00:00.`,
        { 'X-RateLimit-Limit': '6000', 'X-RateLimit-Remaining': '5893' },
      )
    },
  }
}
