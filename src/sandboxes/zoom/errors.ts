import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ZoomContext } from './context.ts'

interface FieldError {
  field: string
  message: string
}

/** An error in Zoom's format, `{code, message, errors?}`. `code` is not the HTTP status. */
export class ZoomError extends Error {
  readonly status: ContentfulStatusCode
  readonly code: number
  readonly errors: FieldError[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: ContentfulStatusCode,
    code: number,
    message: string,
    extra: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.errors = extra.errors
    this.headers = extra.headers ?? {}
  }
}

export function toErrorResponse(error: Error, c: ZoomContext): Response {
  if (!(error instanceof ZoomError))
    return c.json({ code: -1, message: `Internal error of the sandbox: ${error.message}` }, 500)
  const { status, code, message, errors, headers } = error
  if (acceptsJson(c.req.header('accept')))
    return c.json(errors ? { code, message, errors } : { code, message }, status, headers)
  return c.body(formatXml(error), status, { ...headers, 'content-type': 'application/xml;charset=UTF-8' })
}

const acceptsJson = (accept = ''): boolean => /json|\*\/\*|application\/\*/i.test(accept)

/** Zoom returns errors in XML to callers that do not ask for JSON. */
function formatXml({ code, message, errors = [] }: ZoomError): string {
  const fields = errors.map(
    (error) => `<error>${formatElement('field', error.field)}${formatElement('message', error.message)}</error>`,
  )
  const content = [formatElement('code', String(code)), formatElement('message', message), ...fields].join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><errors>${content}</errors>`
}

const formatElement = (name: string, text: string): string =>
  `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`

export const invalidFields = (...fields: string[]) =>
  new ZoomError(400, 300, 'Validation Failed.', {
    errors: fields.map((field) => ({ field, message: 'Invalid field.' })),
  })
export const noUser = (ref: string) => new ZoomError(404, 1001, `User does not exist: ${ref}.`)
export const noMeeting = (ref: string | number) => new ZoomError(404, 3001, `Meeting does not exist: ${ref}.`)
export const notEnded = () => new ZoomError(404, 3001, 'Meeting ID is invalid or has not ended.')
export const noHosting = () =>
  new ZoomError(400, 3161, 'Meeting hosting and scheduling capabilities are not allowed for your user account.')
export const noEndpoint = () => new ZoomError(400, 2300, 'This API endpoint is not recognized.')
