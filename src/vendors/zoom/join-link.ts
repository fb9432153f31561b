import { createReferenceProblem } from '../kit/problems.ts'

/** Paths of links with a meeting number, such as `/j/12345678901`, `/wc/12345678901/join`, and `/wc/join/12345678901`. */
const numberedPath = /^\/(?:[jws]\/(\d{1,19})\/?|wc\/(?:join\/)?(\d{1,19})(?:\/.*)?)$/

/**
 * Returns the meeting number in a join link. Null if the link is not one of Zoom.
 *
 * @param apiUrl The account's own API, which links of the sandbox lead to.
 * @throws `BAD_USER_INPUT` if a link of Zoom contains no meeting number.
 */
export function getMeetingNumber(link: URL, apiUrl: string): string | null {
  if (!isZoomLink(link) && link.origin !== new URL(apiUrl).origin) return null
  const [, number, webClientNumber] = numberedPath.exec(link.pathname) ?? []
  if (number ?? webClientNumber) return (number ?? webClientNumber)!
  throw createReferenceProblem(
    'joinUrl',
    'must be a link with a meeting number, such as in /j/12345678901. A personal link, such as /my/name, contains none',
  )
}

const isZoomLink = ({ protocol, hostname, port }: URL): boolean =>
  protocol === 'https:' && port === '' && /(?:^|\.)(?:zoom\.us|zoomgov\.com)$/.test(hostname)
