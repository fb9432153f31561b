import type { OperationPlan } from '../../execution/operation-plan.ts'

/** A subscription that has passed all checks. */
export class Subscription {
  readonly plan: OperationPlan
  /** Values of the variables, after coercion. */
  readonly variables: Record<string, unknown>
  /** Upper bound of the memory of its document, in bytes. */
  readonly documentBytes: number

  constructor(plan: OperationPlan, variables: Record<string, unknown>, documentBytes: number) {
    this.plan = plan
    this.variables = variables
    this.documentBytes = documentBytes
  }
}
