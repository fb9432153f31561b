/** Times in ms, sizes in bytes. What each means and its default stand in docs/operations.md. */
export interface UpstreamLimits {
  connectTimeout: number
  headersTimeout: number
  idleTimeout: number
  attemptTimeout: number
  attempts: number
  backoffBase: number
  throttledBackoffBase: number
  backoffCap: number
  retryQuota: number
  retryCost: number
  throttledRetryCost: number
  inFlight: number
  operationInFlight: number
  queue: number
  queueWait: number
  breakerFailures: number
  breakerCalls: number
  breakerWindow: number
  breakerPause: number
  answerBytes: number
  answerRatio: number
  answerDepth: number
  answerValues: number
  answerHeaderBytes: number
}

export const upstreamLimits: UpstreamLimits = {
  connectTimeout: 3_000,
  headersTimeout: 10_000,
  idleTimeout: 10_000,
  attemptTimeout: 12_000,
  attempts: 3,
  backoffBase: 50,
  throttledBackoffBase: 1_000,
  backoffCap: 20_000,
  retryQuota: 500,
  retryCost: 14,
  throttledRetryCost: 5,
  inFlight: 64,
  operationInFlight: 8,
  queue: 256,
  queueWait: 2_000,
  /** Share of failures that opens the breaker. */
  breakerFailures: 0.5,
  breakerCalls: 20,
  breakerWindow: 10_000,
  breakerPause: 5_000,
  answerBytes: 16 * 1024 * 1024,
  answerRatio: 100,
  answerDepth: 64,
  answerValues: 500_000,
  answerHeaderBytes: 16 * 1024,
}
