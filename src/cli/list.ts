import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import { serverLimitTable } from '../core/limits.ts'
import { printAll } from './print-all.ts'
import { sendOperation } from './send-operation.ts'
import { defaultFirst } from './commands/shared.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './exit.ts'
import { createWriter } from './output.ts'
import type { Columns } from './output.ts'
import { getServerAddress } from './server-address.ts'

const { max: maxPageSize } = serverLimitTable.pageSize

export interface ListRequest {
  /** Query with the variables `first` and `after`. */
  document: DocumentNode
  variables: object
  /** Path of the connection in the result. */
  path: readonly string[]
  columns: Columns
}

/** Prints a list in the format that the options select. Returns the exit code. @throws UsageError if an option is invalid. */
export async function printList(input: CommandLine, list: ListRequest): Promise<number> {
  const { document, variables, path, columns } = list
  if (input.hasFlag('all') && input.getOption('first') !== undefined)
    throw new UsageError('"--all" cannot be combined with "--first".')
  const limit = input.hasFlag('all') ? Infinity : parseFirst(input.getOption('first') ?? defaultFirst)
  const server = getServerAddress(input)
  const query = print(document)
  return printAll({
    path,
    after: input.getOption('after') ?? null,
    limit,
    names: { pageInfo: 'pageInfo', sources: 'sources' },
    write: createWriter(input, columns),
    load: (after, signal, remaining) => {
      const first = Math.min(maxPageSize, remaining)
      return sendOperation({ ...server, signal }, { query, variables: { ...variables, first, after } }, false)
    },
  })
}

function parseFirst(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError('"--first" must be a number from 1 to 9,999,999.')
  return Number(text)
}

/** Returns a filter field with the values of a repeatable option, or an empty object if the option is omitted. */
export const readFilter = <Name extends string, Value extends string>(
  name: Name,
  values: readonly Value[],
): { [Field in Name]?: Value[] } => (values.length === 0 ? {} : ({ [name]: values } as { [Field in Name]?: Value[] }))
