import { Kind } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { PreparedOperation } from './prepared-operation.ts'
import type { DocumentParts } from '../guard/validation-rules.ts'

/** What a parsed document retains for each of its tokens: measured 260 to 410 bytes, up to 1,150 once it was executed. */
const bytesPerToken = 1_200
const minDocumentBytes = 16 * 1024
/** Fields that the plans of a document's operations keep, and what each of them retains. */
const minFields = 32
const fieldsPerToken = 2
const bytesPerField = 250

export interface PreparedDocumentOptions {
  schema: GraphQLSchema
  /** Its text, and under which rules it is validated. */
  key: string
  document: DocumentNode
  parts: DocumentParts
  tokens: number
}

/** A parsed document, and what is worked out of it once for all requests that send it. */
export class PreparedDocument {
  readonly key: string
  readonly document: DocumentNode
  readonly parts: DocumentParts
  /** Upper bound of what it retains in memory. */
  readonly sizeBytes: number
  isValid = false
  readonly #schema: GraphQLSchema
  readonly #maxFields: number
  readonly #operations = new Map<string, PreparedOperation>()

  constructor({ schema, key, document, parts, tokens }: PreparedDocumentOptions) {
    this.key = key
    this.document = document
    this.parts = parts
    this.#schema = schema
    this.#maxFields = Math.max(minFields, tokens * fieldsPerToken)
    const bytes = tokens * bytesPerToken + this.#maxFields * bytesPerField + 4 * key.length
    this.sizeBytes = Math.max(minDocumentBytes, bytes)
  }

  /** Returns the operation of this name, or the only one. @throws BAD_USER_INPUT if there is none, or no name for one of several. */
  chooseOperation(name = ''): PreparedOperation {
    const known = this.#operations.get(name)
    if (known) return known
    const all = this.document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    const named = name === '' ? all : all.filter((operation) => operation.name?.value === name)
    const [definition] = named
    if (!definition) throw new Problem('BAD_USER_INPUT', 'There is no operation of that name.')
    if (named.length > 1 && name === '')
      throw new Problem('BAD_USER_INPUT', 'Several operations: operationName must say which.')
    const maxFields = Math.ceil(this.#maxFields / all.length)
    const operation = new PreparedOperation(this.#schema, this.document, definition, maxFields)
    this.#operations.set(name, operation)
    return operation
  }
}
