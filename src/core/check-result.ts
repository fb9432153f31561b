/** Result of one test of `parley check`. */
export interface CheckResult {
  isOk: boolean
  message: string
  /** Advice for the operator about a test that succeeded. */
  notes?: readonly string[]
}
