// The program of all child processes of `npm run bench`.
import { breakerPart } from '../rows/breaker.child'
import { heartbeatPart } from '../rows/heartbeats.child'
import { receiverPart } from './receiver-part'
import { senderPart } from './sender-part'
import { serveParts } from './serve-parts'

serveParts({
  sender: senderPart,
  receivers: receiverPart,
  heartbeats: heartbeatPart,
  breaker: breakerPart,
})
