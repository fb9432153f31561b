import type { GraphQLSchema } from 'graphql'
import type { CutDocument } from './cut-literals.ts'
import type { DocumentCache } from './document-cache.ts'
import { createTemplate, DocumentTemplate } from './document-template.ts'

/** All shapes are forgotten when they and their texts would have more characters than this number. */
const maxCharacters = 2_000_000

interface SimilarDocument {
  prepared: DocumentTemplate
  /** Values of the variables that replace the literals, before coercion. */
  literals: Readonly<Record<string, unknown>>
}

/** Prepares documents that differ from valid documents only in the values of their literals. */
export class DocumentTemplates {
  readonly #schema: GraphQLSchema
  readonly #cache: DocumentCache
  /** The first valid document of each shape. Null if the shape has no template. */
  readonly #firstTextByShape = new Map<string, string | null>()
  #characters = 0

  /** @param cache Gets the templates, in addition to documents. */
  constructor(schema: GraphQLSchema, cache: DocumentCache) {
    this.#schema = schema
    this.#cache = cache
  }

  /** Returns the template of a document, with its literals. Null if there is none, or if the document is not valid. */
  find({ shape, literals }: CutDocument): SimilarDocument | null {
    if (!this.#firstTextByShape.get(shape)) return null
    const prepared = this.#cache.get(shape)
    if (!(prepared instanceof DocumentTemplate)) return null
    const values = prepared.readLiterals(literals)
    return values && { prepared, literals: values }
  }

  /**
   * Creates a template for the second of two different documents of a shape: most documents are not similar to another one.
   *
   * @param text A valid document.
   * @param caller Caller that sent the document.
   */
  learn(text: string, { shape, literals }: CutDocument, caller: string): void {
    const firstText = this.#firstTextByShape.get(shape)
    if (firstText === undefined) this.#addShape(shape, text)
    if (!firstText || firstText === text) return
    const template = createTemplate(this.#schema, shape, text, literals)
    if (template) this.#cache.add(template, caller)
    // A template that is too large is not cached.
    if (!this.#cache.get(shape)) this.#firstTextByShape.set(shape, null)
  }

  #addShape(shape: string, text: string): void {
    this.#characters += shape.length + text.length
    if (this.#characters > maxCharacters) {
      this.#firstTextByShape.clear()
      this.#characters = shape.length + text.length
    }
    this.#firstTextByShape.set(shape, text)
  }
}
