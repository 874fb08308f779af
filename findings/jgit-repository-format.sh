#!/usr/bin/env bash
# org.eclipse.jgit:org.eclipse.jgit 7.8.1.202611041320-r (and 7.4.0) beside git 2.39.5
#
# Expected: a repository of format 1 that names an extension the reader does not know is refused, as git's
# documentation of the repository format asks ("must not proceed"); so is one whose ids are SHA-256.
# Seen (2026-11-29): JGit opens both. The unknown extension is passed over; of a SHA-256 id it takes the first 40 digits
# for a SHA-1 id and misses that object. With refs/replace it reads the replaced commit, where git shows the replacement.
#
#     unknown extension: git says "fatal: unknown repository extension found:", JGit reads "third"
#     SHA-256: git reads "third", JGit says MissingObjectException for an id of 40 digits of 64
#     replaced commit: git reads "replacement", JGit reads "third"
#
# For us: the workspace refuses extensions it does not know, and SHA-256 by name (WorkspaceOpenTest).
# Needs git 2.29 or newer.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
for jdk in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do "$jdk/bin/java" -version 2>&1 | grep -q '"25' && break; done

cat > pom.xml <<'XML'
<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>
<dependency><groupId>org.eclipse.jgit</groupId><artifactId>org.eclipse.jgit</artifactId><version>7.8.1.202611041320-r</version></dependency>
</dependencies></project>
XML
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=lib > /dev/null

cat > Head.java <<'JAVA'
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

void main(String[] arguments) throws Exception {
    try (var repository = new FileRepositoryBuilder().setGitDir(new File(arguments[0])).setMustExist(true).build();
            var walk = new RevWalk(repository)) {
        var head = repository.resolve("HEAD");
        try {
            IO.println("reads \"" + walk.parseCommit(head).getShortMessage() + "\"");
        } catch (MissingObjectException e) {
            IO.println("says MissingObjectException for an id of " + head.name().length() + " digits of " + arguments[1]);
        }
    }
}
JAVA
jgit() { "$jdk/bin/java" -cp "lib/*" Head.java "$1/.git" "$2" 2> /dev/null; }
export HOME=$work GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
repository() {
    git init -q "$@"
    for message in first second third; do git -C "${!#}" commit -q --allow-empty -m $message; done
}
head_of() { git -C "$1" log -1 --format='reads "%s"' 2>&1 | sed '1s/^fatal.*/says "&"/;1q'; }

repository unknown
git -C unknown config core.repositoryFormatVersion 1
git -C unknown config extensions.noSuchThing true
repository --object-format=sha256 sha256
repository replaced
git -C replaced replace HEAD "$(git -C replaced commit-tree 'HEAD^{tree}' -p HEAD~2 -m replacement)"

{
    echo "unknown extension: git $(head_of unknown), JGit $(jgit unknown 40)"
    echo "SHA-256: git $(head_of sha256), JGit $(jgit sha256 64)"
    echo "replaced commit: git $(head_of replaced), JGit $(jgit replaced 40)"
} | tee seen
diff - seen <<'SEEN' || { echo "this has changed" >&2; exit 1; }
unknown extension: git says "fatal: unknown repository extension found:", JGit reads "third"
SHA-256: git reads "third", JGit says MissingObjectException for an id of 40 digits of 64
replaced commit: git reads "replacement", JGit reads "third"
SEEN
