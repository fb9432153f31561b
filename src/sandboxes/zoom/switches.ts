import type { RatePlan } from './rate-plans.ts'

/** What a test may turn while the sandbox runs. */
export interface Switches {
  /** Given to tokens issued from now on; null = all. */
  scopes: string[] | null
  /** Seconds. */
  tokenLifetime: number
  /** Milliseconds. */
  pageTokenLifetime: number
  /** HTTP status beside code 124. */
  authFailureStatus: 401 | 400
  /** Null: no rate limit but the daily ones per host and registrant. */
  limits: RatePlan | null
  /** 429 without any header that tells more. */
  bareLimits: boolean
  /** False: lists leave `total_records` and `page_count` out. */
  totals: boolean
  /** False: the registrants list ignores `page_number`, as it does at some accounts. */
  registrantsByNumber: boolean
  /** Origin to which chat uploads are sent on with a 307; null = none. */
  redirectFilesTo: string | null
  /** Meeting settings that are dropped without a word. */
  unavailableSettings: string[]
  /** Milliseconds after an end in which the rows of past participants show no duration. */
  reportLag: number
  /** False: past meetings and reports answer "only available for paid account". */
  paid: boolean
  /** False: no dashboard, hence no metrics. */
  dashboard: boolean
  /** Bytes. */
  maxChatFile: number
  maxMessageFile: number
  maxMessageImage: number
  maxPicture: number
  maxBackground: number
}
