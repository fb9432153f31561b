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

/** Longer than any token that a vendor is known to give. */
const maxTokenLength = 16 * 1024
/** A clock that differs by less from the vendor's is taken to be right; `Date` counts in seconds. */
const maxIgnoredSkewMs = 2_000
/** The whole fetch, retries included; the calls that wait have deadlines of their own. */
const fetchTimeoutMs = 25_000

export interface TokenFetchOptions {
  authScheme: AuthScheme
  transport: Transport
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  /** Takes configured secrets out of the vendor's words. */
  redact(text: string): string
}

/** Makes a cell's `fetch`: the grant, retried while the endpoint cannot be had, its clock corrected once by `Date`. */
export function createTokenFetcher(options: TokenFetchOptions): {
  fetch: () => Promise<Token>
  learn: (date: string | undefined) => boolean
} {
  const { authScheme: grant, clock } = options
  let skew = 0
  /** Rate limits in a row. */
  let limited = 0
  const nextTry = (): number =>
    clock.now() + computeBackoffMs(++limited, createTokenRateLimitedProblem({}), options.limits, options.random())
  const adjustClockSkew = (date: string | undefined): boolean => {
    const theirs = Date.parse(date ?? '')
    const learnt = theirs - clock.now()
    if (!Number.isFinite(theirs) || Math.abs(learnt - skew) <= maxIgnoredSkewMs) return false
    skew = learnt
    return true
  }
  const fetchToken = async (): Promise<Token> => {
    const deadline = clock.now() + fetchTimeoutMs
    let corrected = false
    for (let attempt = 1; ; attempt++) {
      let refusalDate: string | undefined
      const context: TokenFetchContext = {
        now: () => clock.now() + skew,
        postTokenRequest: (request) =>
          requestToken(request, { ...options, computeRetryAt: nextTry }, deadline, (date) => void (refusalDate = date)),
      }
      try {
        const token = validateToken(await grant.fetchToken(context))
        limited = 0
        return token
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (!corrected && refusalDate !== undefined && adjustClockSkew(refusalDate)) {
          corrected = true
          continue
        }
        const pause = computeBackoffMs(attempt, error, options.limits, options.random())
        // The cell keeps calls waiting until `retryAt`, each as long as its own deadline allows.
        const again = error.readRetry !== null && error.retryAt === null && attempt < options.limits.attempts
        if (!again || clock.now() + pause + options.limits.headersTimeout > deadline) throw error
        await clock.sleep(pause, AbortSignal.timeout(fetchTimeoutMs))
      }
    }
  }
  return { fetch: fetchToken, learn: adjustClockSkew }
}

/** Where the vendor names no time after a rate limit: when to ask again, in ms since the epoch. */
interface TokenRequestOptions extends TokenFetchOptions {
  computeRetryAt(): number
}

async function requestToken(
  request: TokenRequest,
  options: TokenRequestOptions,
  deadline: number,
  refused: (date?: string) => void,
) {
  const body = request.form ? new URLSearchParams(request.form).toString() : JSON.stringify(request.json)
  const type = request.form ? 'application/x-www-form-urlencoded' : 'application/json'
  const left = Math.max(1, Math.ceil(deadline - options.clock.now()))
  const { origin, pathname, search } = new URL(options.authScheme.tokenUrl!)
  const answer = await options.transport
    .sendHttpRequest(
      {
        method: 'POST',
        origin,
        path: pathname + search,
        headers: addHeaders(baseHeaders.json, { 'content-type': type, ...request.headers }),
        body,
      },
      AbortSignal.timeout(left),
    )
    .catch((error: unknown) => {
      throw toTokenEndpointProblem(error as Problem)
    })
  const parsed = await parseJson(answer.body, options.limits).catch(() => null)
  if (answer.status >= 300) {
    refused(answer.headers['date'])
    throw createTokenRejection(answer, parsed, options)
  }
  return readToken(parsed, options.clock.now())
}

/** A token endpoint that cannot be had; what is wrong with us, and not with it, stays what it is. */
function toTokenEndpointProblem(problem: Problem): Problem {
  if (problem.code === 'VENDOR_TLS_ERROR' || problem.code === 'OVERLOADED') return problem
  if (problem.cause instanceof ProxyError) return problem
  const details: ProblemDetails = { retryable: true, readRetry: 'allowed', cause: problem }
  const isConnected = problem.delivery !== 'not-sent'
  if (problem.code === 'VENDOR_TIMEOUT' || problem.code === 'DEADLINE_EXCEEDED')
    return new Problem(
      'VENDOR_TIMEOUT',
      isConnected
        ? 'The vendor did not give an access token in time.'
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

/** What a server returns where it has no token endpoint. */
const missingStatuses: ReadonlySet<number> = new Set([404, 405, 410])
/** OAuth's codes for a client that is rejected, at whatever status. */
const isClientRejected = (code: string | undefined): boolean =>
  /^(invalid|unauthorized|unsupported|access)_/.test(code ?? '')

function createTokenRejection(
  answer: HttpResponse,
  body: unknown,
  { redact, computeRetryAt: nextTry, clock }: TokenRequestOptions,
): Problem {
  const words = parseTokenError(body)
  const details = {
    vendorStatus: answer.status,
    ...(words.code === undefined ? {} : { vendorCode: redact(words.code) }),
    ...(words.message === undefined ? {} : { vendorMessage: redact(words.message) }),
  }
  const retryAt = parseRetryAfter(answer.headers['retry-after'], clock.now())
  if (answer.status === 429)
    return createTokenRateLimitedProblem({ ...details, retryAt: Math.max(retryAt ?? 0, nextTry()), readRetry: 'allowed' })
  if (answer.status >= 500)
    return new Problem('VENDOR_AUTH_FAILED', "The vendor's token endpoint gives no token at the moment.", {
      ...details,
      retryable: true,
      retryAt: answer.status === 503 && retryAt !== null ? Math.max(retryAt, nextTry()) : null,
      readRetry: 'allowed',
    })
  if (answer.status < 400)
    return new Problem('VENDOR_AUTH_FAILED', "The vendor's token endpoint points elsewhere.", {
      ...details,
      retryable: true,
    })
  if (missingStatuses.has(answer.status) && !isClientRejected(words.code))
    return new Problem(
      'VENDOR_AUTH_FAILED',
      'The vendor has no token endpoint at the configured URL. Check "tokenUrl" or "serverUrl" of the account.',
      { ...details, retryable: false },
    )
  return new Problem('VENDOR_AUTH_FAILED', 'The vendor refuses the configured credentials.', {
    ...details,
    retryable: false,
  })
}

/** The shapes seen: OAuth's `{error, error_description}`, Zoom's `{reason, error}`, TrueConf's `{error: {errors: [{reason, message}]}}`. */
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
  const { access_token: value, expires_in: life, scope } = toRecord(body)
  if (typeof value !== 'string') throw createUnusableTokenProblem('without an access token')
  const seconds = typeof life === 'string' ? Number(life) : life
  const lives = typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 3_600_000
  const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : null
  return { value, expiresAt: now + lives, ...(scopes && { scopes }) }
}

function validateToken(token: Token): Token {
  if (!/^[\x21-\x7e]+$/.test(token.value)) throw createUnusableTokenProblem('that is not a token')
  if (token.value.length > maxTokenLength) throw createUnusableTokenProblem('that is too long for a token')
  return token
}

const createUnusableTokenProblem = (what: string): Problem =>
  new Problem('VENDOR_AUTH_FAILED', `The vendor's token endpoint gave an answer ${what}.`, { retryable: true })
