import { Problem, type Code } from '../core/errors.ts'
import type { MutationResult } from '../operations/mutation.ts'
import type { SourceStatus } from '../paging/relay.ts'

/** An account whose contribution to a page is missing or incomplete. */
export interface FailedSource {
  /** Account key. */
  account: string
  code: Code
}

interface Source {
  account: { key: string }
  status: SourceStatus
  problem: Problem | null
}

/** Errors of one GraphQL operation that are not GraphQL errors. The log line, metrics, and span of the operation report them. */
export class OperationNotes {
  /** Code of the first problem of each mutation that did not succeed. */
  readonly mutationCodes: Code[] = []
  readonly #failedSources = new Map<string, FailedSource>()

  get failedSources(): readonly FailedSource[] {
    return [...this.#failedSources.values()]
  }

  addMutation({ outcome, problems }: Pick<MutationResult, 'outcome' | 'problems'>): void {
    if (outcome !== 'SUCCEEDED') this.mutationCodes.push(problems[0]?.code ?? 'OUTCOME_UNKNOWN')
  }

  /** Adds the sources of a page. An account whose vendor does not support the list has not failed. */
  addSources(sources: readonly Source[]): void {
    for (const { account, status, problem } of sources)
      if (problem && status !== 'UNSUPPORTED') this.addFailedSource(account.key, problem)
  }

  addFailedSource(account: string, error: unknown): void {
    const code = error instanceof Problem ? error.code : 'INTERNAL'
    this.#failedSources.set(`${account} ${code}`, { account, code })
  }
}
