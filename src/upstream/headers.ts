import { version } from '../version.ts'

/** Some vendors also return errors as JSON where the result is text, and some know no content type but their own. */
const accepted = { json: 'application/json', text: 'text/plain, application/json;q=0.9, */*;q=0.1' } as const

/** Headers of every request to a vendor. Without `accept`, Zoom reports errors in XML. */
export const createBaseHeaders = (format: keyof typeof accepted): Record<string, string> => ({
  accept: accepted[format],
  'user-agent': `Parley/${version}`,
})
