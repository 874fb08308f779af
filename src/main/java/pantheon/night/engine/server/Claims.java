package pantheon.night.engine.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.protocol.LlamaServer;
import pantheon.night.engine.server.protocol.Reply;
import pantheon.night.engine.server.protocol.VllmServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Asks a server what it is, and which model it has. */
final class Claims {
    private static final String KNOWN =
            "Start llama.cpp's server (b4980 or later) or vLLM (0.12 or later) at this socket; docs/engines.md tells how.";

    private final LocalServer server;
    private final ServerOptions options;
    private final List<Integer> stops;
    private final Duration within;

    /** @param stops the ids of tokens that end an answer, empty where they are not known */
    Claims(LocalServer server, ServerOptions options, List<Integer> stops, Duration within) {
        this.server = server;
        this.options = options;
        this.stops = stops;
        this.within = within;
    }

    /** @throws pantheon.night.NightException with exit code 69 where it is no server that is known, or has not the model */
    Claim claim() throws ExchangeFailed {
        var props = server.get("/props", within);
        if (props.isOk() && props.json().has("total_slots")) {
            return llama(props.json());
        }
        var version = server.get("/version", within);
        if (version.isOk() && version.json().path("version").isString()) {
            return vllm(version.json().path("version").stringValue());
        }
        throw ServerUnusable.of(server, "is none that is known: it answers neither /props nor /version", KNOWN);
    }

    private JsonNode models() throws ExchangeFailed {
        var models = server.get("/v1/models", within);
        if (!models.isOk() || models.json().path("data").isEmpty()) {
            throw ServerUnusable.of(server, "names no model at /v1/models: " + models.error(), KNOWN);
        }
        return models.json().path("data");
    }

    private Claim llama(JsonNode props) throws ExchangeFailed {
        requireNoTools();
        var alias = text(props.path("model_alias"));
        var model = models().get(0);
        var file = file(text(props.path("model_path")));
        if (options.model() != null
                && !List.of(alias, file(alias), file, text(model.path("id"))).contains(options.model())) {
            throw ServerUnusable.of(
                    server,
                    "serves model %s, not %s".formatted(file, options.model()),
                    "Set the model's key model to the name it has there, or start the server with that model.");
        }
        int context = size(props.path("default_generation_settings").path("n_ctx"), "n_ctx in /props");
        var facts = new TreeMap<String, String>();
        facts.put("server", "llama.cpp " + text(props.path("build_info")));
        facts.put("weights", claimed(file, model.path("meta")));
        if (options.adapter() != null) {
            facts.put("adapter", options.adapter());
        }
        return new Claim(
                new LlamaServer(adapters()),
                file,
                context,
                size(props.path("total_slots"), "total_slots in /props"),
                facts);
    }

    /** What its model's file says, so far as a restart leaves it. */
    private static String claimed(String file, JsonNode meta) {
        var claimed = new ArrayList<String>();
        claimed.add(file);
        for (var name : List.of("ftype", "n_params", "size", "n_vocab", "n_embd", "n_ctx_train")) {
            if (meta.has(name)) {
                claimed.add(name + " " + Reply.shown(meta.path(name).asString("")));
            }
        }
        return String.join(", ", claimed) + "; claimed, not proven";
    }

    /** A server that acts for its model would act for what it reads in a document. */
    private void requireNoTools() throws ExchangeFailed {
        var tools = server.get("/tools", within);
        if (tools.status() != 403 && tools.status() != 404 && tools.status() != 501) {
            throw ServerUnusable.of(
                    server,
                    "has tools of its own, with which a model could act on this machine: GET /tools gave %d"
                            .formatted(tools.status()),
                    "Start it without --tools, --agent and --mcp-servers-config, and without their LLAMA_ARG_ variables.");
        }
    }

    /** Every adapter's scale, told so that none is in force that was not asked for. */
    private ArrayNode adapters() throws ExchangeFailed {
        var scales = Json.MAPPER.createArrayNode();
        var listed = server.get("/lora-adapters", within);
        var names = new TreeSet<String>();
        boolean found = false;
        for (var adapter : listed.json()) {
            var name = adapterName(adapter);
            names.add(name);
            boolean wanted = name.equals(options.adapter());
            found |= wanted;
            scales.addObject().put("id", adapter.path("id").intValue()).put("scale", wanted ? 1.0 : 0.0);
        }
        if (options.adapter() != null && !found) {
            throw noAdapter(names);
        }
        return scales;
    }

    private static String adapterName(JsonNode adapter) {
        var file = file(text(adapter.path("path")));
        return file.toLowerCase(Locale.ROOT).endsWith(".gguf") ? file.substring(0, file.length() - 5) : file;
    }

    private RuntimeException noAdapter(Set<String> names) {
        return ServerUnusable.of(
                server,
                "has no adapter %s; it has %s".formatted(options.adapter(), names.isEmpty() ? "none" : names),
                "Start it with that adapter (--lora, or --lora-modules), or set the model's key adapter to one that it has.");
    }

    private Claim vllm(String version) throws ExchangeFailed {
        var bases = new TreeMap<String, JsonNode>();
        var adapters = new TreeMap<String, JsonNode>();
        for (var model : models()) {
            (model.path("parent").isString() ? adapters : bases).put(text(model.path("id")), model);
        }
        var base = base(bases);
        var model = requireNonNull(bases.get(base));
        if (options.adapter() != null && !adapters.containsKey(options.adapter())) {
            throw noAdapter(adapters.keySet());
        }
        var facts = new TreeMap<>(Map.of(
                "server",
                "vLLM " + Reply.shown(version),
                "weights",
                "%s, root %s; claimed, not proven".formatted(base, file(text(model.path("root"))))));
        if (options.adapter() != null) {
            facts.put("adapter", options.adapter());
        }
        int context = size(model.path("max_model_len"), "max_model_len in /v1/models");
        var asked = options.adapter() == null ? base : options.adapter();
        return new Claim(new VllmServer(asked, stops), base, context, 0, facts);
    }

    private String base(NavigableMap<String, JsonNode> bases) {
        var wanted = Optional.ofNullable(options.model());
        if (wanted.isEmpty() && bases.size() == 1) {
            return bases.firstKey();
        }
        return wanted.filter(bases::containsKey)
                .orElseThrow(() -> ServerUnusable.of(
                        server,
                        "serves %s%s"
                                .formatted(
                                        bases.keySet(),
                                        wanted.map(name -> ", not " + name).orElse("")),
                        "Set the model's key model to one of them."));
    }

    private int size(JsonNode number, String where) {
        if (!number.isInt() || number.intValue() < 1) {
            throw ServerUnusable.of(server, "tells %s as %s".formatted(where, Reply.shown(number.toString())), KNOWN);
        }
        return number.intValue();
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : Reply.shown(node.asString(""));
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
