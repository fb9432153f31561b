import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import type { MutationResult } from '../operations/mutation.ts'
import type { SourceStatus } from '../paging/relay.ts'
import type { CallContext } from '../upstream/call-context.ts'

/** An account whose contribution to a page is missing or incomplete. */
export interface FailedSource {
  /** Account key. */
  account: string
  code: Code
}

/** What an operation used of the cache: `extensions.cache` of its response. */
export interface CacheUse {
  /** Age of the oldest response, in whole seconds. */
  age: number
  /** Keys of the accounts that could not be read, in alphabetical order. */
  stale: readonly string[]
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
  #failedSources: Map<string, FailedSource> | null = null
  /** Context of the operation's vendor calls. Undefined until the operation is executed. */
  call: Pick<CallContext, 'cachedAsOf' | 'staleAccounts'> | undefined

  get failedSources(): readonly FailedSource[] {
    return this.#failedSources === null ? [] : [...this.#failedSources.values()]
  }

  /** Null if the operation has used no cached response. */
  get cacheUse(): CacheUse | null {
    const { call } = this
    if (call === undefined || call.cachedAsOf === null) return null
    const age = Math.max(0, Math.floor((Date.now() - call.cachedAsOf) / 1_000))
    return { age, stale: [...call.staleAccounts].toSorted() }
  }

  addMutation({ outcome, problems }: Pick<MutationResult, 'outcome' | 'problems'>): void {
    if (outcome !== 'SUCCEEDED') this.mutationCodes.push(problems[0]?.code ?? 'OUTCOME_UNKNOWN')
  }

  /**
   * Adds the sources of a page. An account whose vendor does not support the list has not failed. Neither has an account that
   * contributed an earlier response.
   */
  addSources(sources: readonly Source[]): void {
    for (const { account, status, problem } of sources)
      if (problem && status !== 'UNSUPPORTED' && status !== 'STALE') this.addFailedSource(account.key, problem)
  }

  addFailedSource(account: string, error: unknown): void {
    const code = error instanceof Problem ? error.code : 'INTERNAL'
    this.#failedSources ??= new Map()
    this.#failedSources.set(`${account} ${code}`, { account, code })
  }
}
