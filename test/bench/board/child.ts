// The program of the load's processes and of those that hold the sockets.
import { serveParts } from '../../serve-parts'
import { prefer } from '../harness/prefer'
import { loadPart } from './load-part'
import { socketsPart } from './sockets-part'

prefer(process.pid)
serveParts({ load: loadPart, sockets: socketsPart })
