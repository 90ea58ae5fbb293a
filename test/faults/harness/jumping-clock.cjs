// Loaded before a program: the wall clock of its process jumps each second, by up to ten minutes either
// way. Timers and `performance` are the kernel's, and go on.
const RealDate = Date
let offset = 0
const jump = () => {
  offset = Math.round((Math.random() * 2 - 1) * 600_000)
}
jump()
setInterval(jump, 1000).unref()

globalThis.Date = class JumpingDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset)
    else super(...given)
  }
  static now() {
    return RealDate.now() + offset
  }
}
