package pantheon.night.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.databind.JsonNode;

/**
 * What an agent can name.
 *
 * @param models those of the configuration
 * @param tools the program's own and those that have a file
 * @param checks acceptance check → the JSON Schema of its parameters
 */
record AgentNames(SortedSet<String> models, SortedSet<String> tools, SortedMap<String, JsonNode> checks) {
    /** Adds what an agent names and is not there, and what its checks do not take. */
    void check(YamlFile yaml, Problems problems) {
        var agent = yaml.json();
        known(yaml, "/model", "a model of the configuration", models, "Add it to models.", problems);
        for (int i = 0; i < agent.path("tools").size(); i++) {
            known(yaml, "/tools/%d/name".formatted(i), "a tool", tools, "Add a file for it to tools.", problems);
        }
        CheckFields.lists(agent).forEach(list -> checkChecks(yaml, list, problems));
    }

    private void checkChecks(YamlFile yaml, String list, Problems problems) {
        for (int i = 0; i < yaml.json().at(list).size(); i++) {
            var pointer = list + "/" + i;
            known(yaml, pointer + "/use", "a check", checks.keySet(), "Name one of them.", problems);
            var use = yaml.json().at(pointer + "/use").asString("");
            var given = use.equals("command") ? tools : shown(yaml.json());
            known(yaml, pointer + "/with/tool", "a tool", given, "Name one of them.", problems);
            checkParameters(yaml, pointer, problems);
        }
    }

    /** The tools of an agent, as its model knows them. */
    private static SortedSet<String> shown(JsonNode agent) {
        var shown = new TreeSet<String>();
        for (var tool : agent.path("tools")) {
            var as = tool.path("as").path("name");
            shown.add((as.isMissingNode() ? tool.path("name") : as).asString(""));
        }
        return shown;
    }

    private static void known(
            YamlFile yaml, String at, String what, Collection<String> names, String otherwise, Problems problems) {
        var name = yaml.json().at(at).asString("");
        if (!name.isEmpty() && !names.contains(name)) {
            problems.add(
                    yaml.place(at),
                    "%s is %s; expected %s, one of %s. %s"
                            .formatted(
                                    Pointer.dotted(at),
                                    Json.quote(name),
                                    what,
                                    names,
                                    Slip.suggestion(name, names, otherwise)));
        }
    }

    private void checkParameters(YamlFile yaml, String check, Problems problems) {
        var schema = checks.get(yaml.json().at(check + "/use").asString(""));
        var with = yaml.json().at(check + "/with");
        if (schema == null || !(with.isObject() || with.isMissingNode())) {
            return; // told already
        }
        var at = check + "/with";
        new ConfigSchema(Schema.compile("parameters of a check", schema), at)
                .check(with.isMissingNode() ? Json.object() : with, yaml::place, problems);
        checkSpellings(yaml, at + "/spellings", problems);
    }

    /** A spelling stands for one value. */
    private static void checkSpellings(YamlFile yaml, String pointer, Problems problems) {
        var first = new HashMap<String, String>();
        for (var value : yaml.json().at(pointer).properties()) {
            for (int i = 0; i < value.getValue().size(); i++) {
                var at = Pointer.child(Pointer.child(pointer, value.getKey()), String.valueOf(i));
                var word = value.getValue().get(i).asString("");
                var other = first.putIfAbsent(word, at);
                if (other != null) {
                    problems.add(
                            yaml.place(at),
                            "%s is %s, as is %s; expected a spelling that stands for one value. Remove one."
                                    .formatted(Pointer.dotted(at), Json.quote(word), Pointer.dotted(other)));
                }
            }
        }
    }
}
