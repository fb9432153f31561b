/** Result of one test of `parley check`. */
export interface CheckResult {
  isOk: boolean
  message: string
  /** Further facts and advice for the operator. */
  notes?: readonly string[]
}
