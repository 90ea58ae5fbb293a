--- @include "includes/signal-record"
-- Tells the sender that some targets will answer no more, once for all of them: whoever waits for those
-- ACKs hears the sender's channel, and looks. The sender is the first part of the signal's id.
local function tell_sender(signal_id, db)
  local sender = string.match(signal_id, '^[^:]+')
  redis.call('PUBLISH', k_hint(sender), '{"k":"gone","db":' .. db .. ',"signalId":"' .. signal_id .. '"}')
end
