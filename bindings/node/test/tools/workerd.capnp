# A worker at the edge, as workerd runs it.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "out/workerd/worker.mjs"),
    (name = "agora_token.wasm", wasm = embed "out/workerd/agora_token.wasm"),
  ],
  compatibilityDate = "2025-01-01",
);
