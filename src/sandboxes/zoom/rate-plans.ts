export type Label = 'Light' | 'Medium' | 'Heavy' | 'Resource-intensive'
export interface Quota {
  perSecond?: number
  perMinute?: number
  perDay?: number
}
/** Rate limits of an account. All endpoints with the same label share one limit. */
export type RatePlan = Record<Label, Quota>

export const plans = {
  free: {
    Light: { perSecond: 4, perDay: 6000 },
    Medium: { perSecond: 2, perDay: 2000 },
    Heavy: { perSecond: 1, perDay: 1000 },
    'Resource-intensive': { perMinute: 10, perDay: 30_000 },
  },
  pro: {
    Light: { perSecond: 30 },
    Medium: { perSecond: 20 },
    Heavy: { perSecond: 10, perDay: 30_000 },
    'Resource-intensive': { perMinute: 10, perDay: 30_000 },
  },
  business: {
    Light: { perSecond: 80 },
    Medium: { perSecond: 60 },
    Heavy: { perSecond: 40, perDay: 60_000 },
    'Resource-intensive': { perMinute: 20, perDay: 60_000 },
  },
} satisfies Record<string, RatePlan>
