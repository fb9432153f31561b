// A gateway that sends requests again, and forwards the header of its callers with `propagateHeaders`.
import { gatewayConfig as retrying } from './retrying.config.js'

export const gatewayConfig = {
  ...retrying,
  transportEntries: {},
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
  },
}
