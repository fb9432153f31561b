// The configuration of the example, for two Parley servers.
import { gatewayConfig as example } from '../../../examples/federation/gateway.config.js'

const { parley } = example.transportEntries
export const gatewayConfig = { ...example, transportEntries: { parley, work: parley } }
