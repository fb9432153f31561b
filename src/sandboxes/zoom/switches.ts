import type { RatePlan } from './rate-plans.ts'

/** Behavior that tests can change while the sandbox runs. */
export interface Switches {
  /** Scopes of the tokens that are issued from now on. Null: all scopes. */
  scopes: string[] | null
  /** TTL of access tokens, in seconds. */
  tokenLifetime: number
  /** TTL of page tokens, in milliseconds. */
  pageTokenLifetime: number
  /** HTTP status of errors with code 124. */
  authFailureStatus: 401 | 400
  /** Rate limits. Null: only the daily limits per host and registrant. */
  limits: RatePlan | null
  /** Whether a 429 has no headers about the rate limit. */
  bareLimits: boolean
  /** Whether lists have `total_records` and `page_count`. */
  totals: boolean
  /** Whether the list of registrants supports `page_number`. Some accounts of Zoom ignore it. */
  registrantsByNumber: boolean
  /** Origin to which chat uploads are redirected with 307. Null: no redirect. */
  redirectFilesTo: string | null
  /** Meeting settings that are removed without an error. */
  unavailableSettings: string[]
  /** Time after the end of a meeting in which rows of past participants have no duration, in milliseconds. */
  reportLag: number
  /** Whether calls for the recordings of one session return a `download_access_token` on request. */
  downloadTokens: boolean
  /** Whether the file host responds with a web page that asks for a passcode, with the status 200. */
  passcodePage: boolean
  /** Whether the file host supports `Range`. */
  ranges: boolean
  /** Whether files of the types TIMELINE and CC have no ID, size, and status, as Zoom documents it. */
  bareFiles: boolean
  /** If false, past meetings and reports fail with "only available for paid account". */
  paid: boolean
  /** Whether the account has a dashboard. Without it, metrics fail. */
  dashboard: boolean
  /** Maximum size of a chat file, in bytes. */
  maxChatFile: number
  maxMessageFile: number
  maxMessageImage: number
  maxPicture: number
  maxBackground: number
  /** Times after which a webhook that failed is sent again, each after the attempt before it, in milliseconds. */
  webhookRetries: number[]
}
