-- Asks the lines of a file in turn, and tells as JSON what came of it. Arguments: the file, which
-- holds paths with their query strings; the media type; the number of clients, each of which has
-- an address of its own as if a proxy told it; the line to begin with.

local requests, place = {}, 0

function init(arguments)
  local clients = tonumber(arguments[3])
  for path in io.lines(arguments[1]) do
    local client = #requests % clients + 1
    local headers = {["Accept"] = arguments[2], ["X-Forwarded-For"] = "10.0.0." .. client}
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
  place = tonumber(arguments[4]) % #requests
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\n{"answers": %d, "refused": %d, "broken": %d, "microseconds": %d}\n',
    summary.requests - failed.status, failed.status,
    failed.connect + failed.read + failed.write + failed.timeout, summary.duration))
end
