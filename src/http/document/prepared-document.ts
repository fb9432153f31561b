import { Kind } from 'graphql'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { PreparedOperation } from './prepared-operation.ts'
import type { DocumentParts } from '../guard/validation-rules.ts'

/** Memory of a parsed document for each token. Measured: 260 to 410 bytes, and up to 1,150 bytes after it was executed. */
const bytesPerToken = 1_200
const minDocumentBytes = 16 * 1024
/** Number of fields that the plans of a document can cache, and the memory of each. */
const minFields = 32
const fieldsPerToken = 2
const bytesPerField = 250

export interface PreparedDocumentOptions {
  schema: GraphQLSchema
  /** Text of the document, after a character that stands for the rules of its validation. */
  key: string
  document: DocumentNode
  parts: DocumentParts
  /** Number of tokens. */
  tokens: number
}

/** A parsed document, with its operations, for all requests that send the document. */
export class PreparedDocument {
  readonly key: string
  readonly document: DocumentNode
  readonly parts: DocumentParts
  /** Upper bound of its memory, in bytes. */
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

  get operations(): OperationDefinitionNode[] {
    return this.document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  }

  /** Creates the plans of all operations before the first request. The document must be valid. */
  createPlans(): void {
    for (const { name } of this.operations) this.chooseOperation(name?.value).createPlan()
  }

  /** Computes the cost of the operations again, because the limits have changed. */
  forgetCosts(): void {
    for (const { isAffordableByAccounts } of this.#operations.values()) isAffordableByAccounts.clear()
  }

  /**
   * Returns an operation of the document.
   *
   * @param name If empty, the document must have exactly one operation.
   * @throws `BAD_USER_INPUT` if the operation does not exist, or if the name is empty and there are several operations.
   */
  chooseOperation(name = ''): PreparedOperation {
    const cached = this.#operations.get(name)
    if (cached) return cached
    const all = this.operations
    const named = name === '' ? all : all.filter((operation) => operation.name?.value === name)
    const [definition] = named
    if (!definition)
      throw new Problem('BAD_USER_INPUT', 'The document has no operation, or none with the name in "operationName".')
    if (named.length > 1 && name === '')
      throw new Problem(
        'BAD_USER_INPUT',
        'The document has several operations. Set "operationName" to the name of one of them.',
      )
    const operation = this.#findPrepared(definition) ?? this.#prepare(definition, all.length)
    this.#operations.set(name, operation)
    return operation
  }

  /** A client can send the name of the only operation, or omit it. */
  #findPrepared(definition: OperationDefinitionNode): PreparedOperation | undefined {
    return [...this.#operations.values()].find((operation) => operation.definition === definition)
  }

  #prepare(definition: OperationDefinitionNode, operationCount: number): PreparedOperation {
    const maxFields = Math.ceil(this.#maxFields / operationCount)
    return new PreparedOperation(this.#schema, this.document, definition, maxFields)
  }
}
