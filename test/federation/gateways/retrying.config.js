// The configuration of the example, for a gateway that sends requests again.
import { gatewayConfig as example } from '../../../examples/federation/gateway.config.js'

export const gatewayConfig = { ...example, upstreamRetry: { maxRetries: 2, retryDelay: 1 } }
