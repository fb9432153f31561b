import { Problem, type ProblemDetails } from '../core/errors.ts'
import { ProxyError } from './proxy/proxy-error.ts'
import type { Clock } from './clock.ts'
import { formatConnectError } from './connect-error.ts'
import type { Transport } from './transport.ts'
import type { HttpResponse } from './http-message.ts'
import { getErrorCode } from './failure.ts'
import type { AuthScheme, TokenFetchContext, Token, TokenRequest } from './auth-scheme.ts'
import { addHeaders, baseHeaders } from './headers.ts'
import { parseJson } from './json.ts'
import type { UpstreamLimits } from './limits.ts'
import { parseRetryAfter } from './retry-after.ts'
import { computeBackoffMs } from './retry.ts'
import { createTokenRateLimitedProblem } from './token-provider.ts'

/** Maximum length of an access token. All known vendors issue shorter ones. */
const maxTokenLength = 16 * 1024
/** Smaller differences to the vendor's clock are ignored, because `Date` has a resolution of 1 s. */
const maxIgnoredSkewMs = 2_000
/** Timeout of a fetch with its retries, in milliseconds. Waiting calls have deadlines of their own. */
const fetchTimeoutMs = 25_000

export interface TokenFetchOptions {
  authScheme: AuthScheme
  transport: Transport
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  /** Redacts configured secrets in the vendor's texts. */
  redact(text: string): string
}

/**
 * Creates functions that fetch an account's tokens. `fetchToken` retries while the token endpoint is unavailable, and once
 * after it has corrected its clock by the `Date` header of a rejection. `adjustClockSkew` corrects the clock by a `Date`
 * header, and returns whether that changed it.
 */
export function createTokenFetcher(options: TokenFetchOptions): {
  fetchToken: () => Promise<Token>
  adjustClockSkew: (date: string | undefined) => boolean
} {
  const { authScheme, clock } = options
  let skewMs = 0
  let consecutiveRateLimits = 0
  const computeRetryAt = (): number =>
    clock.now() +
    computeBackoffMs(++consecutiveRateLimits, createTokenRateLimitedProblem({}), options.limits, options.random())
  const adjustClockSkew = (date: string | undefined): boolean => {
    const vendorTime = Date.parse(date ?? '')
    const newSkewMs = vendorTime - clock.now()
    if (!Number.isFinite(vendorTime) || Math.abs(newSkewMs - skewMs) <= maxIgnoredSkewMs) return false
    skewMs = newSkewMs
    return true
  }
  const fetchToken = async (): Promise<Token> => {
    const deadline = clock.now() + fetchTimeoutMs
    let isClockCorrected = false
    for (let attempt = 1; ; attempt++) {
      let rejectionDate: string | undefined
      const context: TokenFetchContext = {
        now: () => clock.now() + skewMs,
        postTokenRequest: (request) =>
          requestToken(request, { ...options, computeRetryAt }, deadline, (date) => void (rejectionDate = date)),
      }
      try {
        const token = validateToken(await authScheme.fetchToken(context))
        consecutiveRateLimits = 0
        return token
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (!isClockCorrected && rejectionDate !== undefined && adjustClockSkew(rejectionDate)) {
          isClockCorrected = true
          continue
        }
        const pauseMs = computeBackoffMs(attempt, error, options.limits, options.random())
        // After a rate limit, calls wait until `retryAt`, if their own deadlines allow it.
        const canRetry = error.readRetry !== null && error.retryAt === null && attempt < options.limits.attempts
        if (!canRetry || clock.now() + pauseMs + options.limits.headersTimeout > deadline) throw error
        await clock.sleep(pauseMs, AbortSignal.timeout(fetchTimeoutMs))
      }
    }
  }
  return { fetchToken, adjustClockSkew }
}

/** Internal options of one token request. */
interface TokenRequestOptions extends TokenFetchOptions {
  /** Returns when to retry after a rate limit for which the vendor names no time, in milliseconds since the epoch. */
  computeRetryAt(): number
}

async function requestToken(
  request: TokenRequest,
  options: TokenRequestOptions,
  deadline: number,
  onRejected: (date?: string) => void,
) {
  const body = request.form ? new URLSearchParams(request.form).toString() : JSON.stringify(request.json)
  const type = request.form ? 'application/x-www-form-urlencoded' : 'application/json'
  const timeoutMs = Math.max(1, Math.ceil(deadline - options.clock.now()))
  const { origin, pathname, search } = new URL(options.authScheme.tokenUrl!)
  const response = await options.transport
    .sendHttpRequest(
      {
        method: 'POST',
        origin,
        path: pathname + search,
        headers: addHeaders(baseHeaders.json, { 'content-type': type, ...request.headers }),
        body,
      },
      AbortSignal.timeout(timeoutMs),
    )
    .catch((error: unknown) => {
      throw toTokenEndpointProblem(error as Problem)
    })
  const parsed = await parseJson(response.body, options.limits).catch(() => null)
  if (response.status >= 300) {
    onRejected(response.headers['date'])
    throw createTokenRejection(response, parsed, options)
  }
  return readToken(parsed, options.clock.now())
}

/** Converts a problem of a token request. Problems of TLS, the proxy, and this machine are unchanged. */
function toTokenEndpointProblem(problem: Problem): Problem {
  if (problem.code === 'VENDOR_TLS_ERROR' || problem.code === 'OVERLOADED') return problem
  if (problem.cause instanceof ProxyError) return problem
  const details: ProblemDetails = { retryable: true, readRetry: 'allowed', cause: problem }
  const isConnected = problem.delivery !== 'not-sent'
  if (problem.code === 'VENDOR_TIMEOUT' || problem.code === 'DEADLINE_EXCEEDED')
    return new Problem(
      'VENDOR_TIMEOUT',
      isConnected
        ? 'The request for an access token timed out.'
        : "The vendor's token endpoint cannot be reached: the connection timed out.",
      details,
    )
  const reason = formatConnectError(getErrorCode(problem.cause))
  return new Problem(
    'VENDOR_AUTH_FAILED',
    `The vendor's token endpoint cannot be reached${reason === null ? '' : `: ${reason}`}.`,
    details,
  )
}

/** Statuses of a server without a token endpoint at the URL. */
const missingStatuses: ReadonlySet<number> = new Set([404, 405, 410])
/** Whether an OAuth error code means that the client was rejected, whatever the status. */
const isClientRejected = (code: string | undefined): boolean =>
  /^(invalid|unauthorized|unsupported|access)_/.test(code ?? '')

function createTokenRejection(
  response: HttpResponse,
  body: unknown,
  { redact, computeRetryAt, clock }: TokenRequestOptions,
): Problem {
  const tokenError = parseTokenError(body)
  const details = {
    vendorStatus: response.status,
    ...(tokenError.code === undefined ? {} : { vendorCode: redact(tokenError.code) }),
    ...(tokenError.message === undefined ? {} : { vendorMessage: redact(tokenError.message) }),
  }
  const retryAt = parseRetryAfter(response.headers['retry-after'], clock.now())
  if (response.status === 429)
    return createTokenRateLimitedProblem({
      ...details,
      retryAt: Math.max(retryAt ?? 0, computeRetryAt()),
      readRetry: 'allowed',
    })
  if (response.status >= 500)
    return new Problem('VENDOR_AUTH_FAILED', "The vendor's token endpoint reported an internal error. Retry later.", {
      ...details,
      retryable: true,
      retryAt: response.status === 503 && retryAt !== null ? Math.max(retryAt, computeRetryAt()) : null,
      readRetry: 'allowed',
    })
  if (response.status < 400)
    return new Problem(
      'VENDOR_AUTH_FAILED',
      'The vendor\'s token endpoint returned a redirect. Check "tokenUrl" of the account.',
      {
        ...details,
        retryable: true,
      },
    )
  if (missingStatuses.has(response.status) && !isClientRejected(tokenError.code))
    return new Problem(
      'VENDOR_AUTH_FAILED',
      'The vendor has no token endpoint at the configured URL. Check "tokenUrl" or "serverUrl" of the account.',
      { ...details, retryable: false },
    )
  return new Problem(
    'VENDOR_AUTH_FAILED',
    'The vendor rejected the configured credentials. Check them in the configuration.',
    {
      ...details,
      retryable: false,
    },
  )
}

/**
 * Parses the error of a token endpoint. Known formats: `{error, error_description}` (OAuth), `{reason, error}` (Zoom), and
 * `{error: {errors: [{reason, message}]}}` (TrueConf).
 */
function parseTokenError(body: unknown): { code?: string; message?: string } {
  const fields = toRecord(body)
  const envelope = toRecord(fields['error'])
  const first = toRecord(Array.isArray(envelope['errors']) ? envelope['errors'][0] : undefined)
  const code =
    toNonEmptyString(fields['error']) ?? toNonEmptyString(first['reason']) ?? toNonEmptyString(fields['reason'])
  const message =
    toNonEmptyString(fields['error_description']) ??
    toNonEmptyString(fields['reason']) ??
    toNonEmptyString(first['message']) ??
    toNonEmptyString(envelope['message'])
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) }
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const toNonEmptyString = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function readToken(body: unknown, now: number): Token {
  const { access_token: value, expires_in: lifetime, scope } = toRecord(body)
  if (typeof value !== 'string') throw createUnusableTokenProblem('is missing')
  const seconds = typeof lifetime === 'string' ? Number(lifetime) : lifetime
  const lifetimeMs = typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 3_600_000
  const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : null
  return { value, expiresAt: now + lifetimeMs, ...(scopes && { scopes }) }
}

function validateToken(token: Token): Token {
  if (!/^[\x21-\x7e]+$/.test(token.value)) throw createUnusableTokenProblem('contains invalid characters')
  if (token.value.length > maxTokenLength) throw createUnusableTokenProblem('is too long')
  return token
}

const createUnusableTokenProblem = (reason: string): Problem =>
  new Problem('VENDOR_AUTH_FAILED', `The access token in the response of the vendor's token endpoint ${reason}.`, {
    retryable: true,
  })
